import { startHoldfast, type RunningHoldfast } from '@holdfast/testing';
import { JWT_SECRET } from '../jwt.js';
import { backorders } from './backorders.js';
import { channelOrders } from './channel-orders.js';
import { commands } from './commands.js';
import { counting } from './counting.js';
import { documents } from './documents.js';
import { erpPolls } from './erp-polls.js';
import { files } from './files.js';
import { graphql } from './graphql.js';
import { refusals } from './refusals.js';
import { selling } from './selling.js';

// Suites that neither kill nor cut off anything share one running Holdfast: to start one costs more than most of them.
describe('one running Holdfast', () => {
  let running: RunningHoldfast;
  const holdfast = (): RunningHoldfast => running;

  beforeAll(async () => {
    running = await startHoldfast({
      env: { HOLDFAST_JWT_SECRET: JWT_SECRET, HOLDFAST_BODY_LIMIT_BYTES: '100000', HOLDFAST_RATE_PER_SECOND: '1000000' },
    });
  });
  afterAll(() => running.stop());

  documents(holdfast);
  refusals(holdfast);
  selling(holdfast);
  backorders(holdfast);
  commands(holdfast);
  counting(holdfast);
  channelOrders(holdfast);
  erpPolls(holdfast);
  graphql(holdfast);
  // Last: channels follow thousands of imported lines for a while.
  files(holdfast);
});
