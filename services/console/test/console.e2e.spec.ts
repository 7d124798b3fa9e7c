import { startHoldfast, type RunningHoldfast } from '@holdfast/testing';
import { JWT_SECRET, OPERATOR_KEY } from './around.js';
import { CHROMIUM, hasChromium, startBrowser, type TestBrowser } from './browser.js';
import { alerts } from './screens/alerts.js';
import { analytics } from './screens/analytics.js';
import { channels } from './screens/channels.js';
import { checks } from './screens/checks.js';
import { erp } from './screens/erp.js';
import { holds } from './screens/holds.js';
import { lots } from './screens/lots.js';
import { putAway } from './screens/put-away.js';
import { imports } from './screens/imports.js';
import { keys } from './screens/keys.js';
import { matrix } from './screens/matrix.js';
import { operations } from './screens/operations.js';
import { proof } from './screens/proof.js';
import { replenishment } from './screens/replenishment.js';
import { requests } from './screens/requests.js';
import { reservations } from './screens/reservations.js';
import { roles } from './screens/roles.js';
import { sku } from './screens/sku.js';
import { signing } from './screens/signing.js';
import { speed } from './screens/speed.js';
import { transfers } from './screens/transfers.js';
import { warehouse } from './screens/warehouse.js';
import { words } from './screens/words.js';

const browserSuites = hasChromium ? describe : describe.skip; // Where no Chromium is installed there is no browser to look with.
if (!hasChromium) process.stdout.write(`SKIPPED: the console in a browser: no ${CHROMIUM}; install Debian's chromium or set CHROMIUM\n`);

// One browser and one Holdfast for all screens: to start them costs more than most suites.
browserSuites('the console in a browser', () => {
  let running: RunningHoldfast;
  let browser: TestBrowser;
  const around = { holdfast: (): RunningHoldfast => running, browser: (): TestBrowser => browser };

  beforeAll(async () => {
    running = await startHoldfast({
      env: { HOLDFAST_RATE_PER_SECOND: '1000000', HOLDFAST_OPERATOR_KEY: OPERATOR_KEY, HOLDFAST_JWT_SECRET: JWT_SECRET },
    });
    browser = await startBrowser(running.url);
  });
  afterEach(() => browser.closePages());
  afterAll(async () => {
    await browser.close();
    await running.stop();
  });

  checks(around);
  signing(around);
  roles(around);
  matrix(around);
  sku(around);
  reservations(around);
  transfers(around);
  putAway(around);
  warehouse(around);
  holds(around);
  lots(around);
  requests(around);
  replenishment(around);
  analytics(around);
  imports(around);
  channels(around);
  erp(around);
  operations(around);
  alerts(around);
  proof(around);
  keys(around);
  words(around);
  speed(around);

  it('wrote no error to the browser’s console, and the content security policy refused nothing', () => {
    expect(browser.faults).toEqual([]);
  });
});
