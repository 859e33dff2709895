module enshrine.invalid/rsema1d_oracle

go 1.26.6

require github.com/celestiaorg/celestia-app/v9 v9.0.8

require github.com/klauspost/reedsolomon v1.14.2

require github.com/klauspost/cpuid/v2 v2.3.0 // indirect
