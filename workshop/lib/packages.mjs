// The npm packages of the browser tests, which the target runnel_e2e fetches into the build tree.

import { createRequire } from 'node:module';
import { join } from 'node:path';

// Only a check that needs one has it fetched, so it is looked for when it is asked for.
export const packageOf = (name) => createRequire(join(process.env.RUNNEL_E2E_MODULES, 'node_modules', 'x.js'))(name);
