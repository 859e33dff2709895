// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
import { castDriver } from '../../scripts/scenario/drivers.ts';
import { testJourney } from './journey_for_test.ts';

testJourney(castDriver);
