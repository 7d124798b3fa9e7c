const SHARED = ['inventory', 'event-store', 'ledger', 'messaging', 'read-model', 'contracts', 'platform', 'runtime'];
const SERVICES = ['ingestion', 'reservation', 'atp-projection', 'channel-connector', 'workflow', 'gateway'];

/** Which package may import which, by name. What is not written here is not allowed. */
export const MAY_IMPORT = {
  'libs/inventory': [],
  'libs/contracts': ['inventory'],
  'libs/event-store': [],
  'libs/messaging': [],
  'libs/platform': [],
  'libs/ledger': ['inventory', 'event-store'],
  'libs/read-model': ['inventory', 'contracts', 'event-store'],
  'libs/runtime': SHARED.filter((name) => name !== 'runtime'),
  'libs/simulation': ['event-store', 'ledger', 'messaging'],
  'libs/testing': SHARED,
  'services/ingestion': SHARED,
  'services/reservation': SHARED,
  'services/atp-projection': SHARED,
  'services/channel-connector': SHARED,
  'services/workflow': SHARED,
  'services/gateway': SHARED,
  'services/standalone': [...SHARED, ...SERVICES],
  'tools/bench': [...SHARED, ...SERVICES, 'testing'],
  'tools/build': [],
  'tools/engines': ['testing', 'runtime'],
  'tools/eslint-rules': [],
  'tools/jest': [],
  'tools/operations': [...SHARED, 'atp-projection', 'testing'],
  'tools/replay': ['testing'],
  'tools/simulate': [...SHARED, 'simulation', 'ingestion', 'reservation'],
};

/** What specs and the folder `test` may import besides. */
export const TESTS_MAY_IMPORT = {
  everywhere: ['testing'],
  'services/standalone': ['replay'],
};
