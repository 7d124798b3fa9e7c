const SHARED = ['kit', 'inventory', 'event-store', 'ledger', 'messaging', 'read-model', 'contracts', 'platform', 'runtime'];
const SERVICES = ['ingestion', 'reservation', 'atp-projection', 'channel-connector', 'workflow', 'gateway'];

/** Which package may import which, by name. What is not written here is not allowed. */
export const MAY_IMPORT = {
  'libs/inventory': [],
  'libs/kit': [],
  'libs/contracts': ['kit', 'inventory'],
  'libs/event-store': ['kit'],
  'libs/messaging': ['kit'],
  'libs/platform': ['kit'],
  'libs/ledger': ['kit', 'inventory', 'contracts', 'event-store'],
  'libs/read-model': ['kit', 'inventory', 'contracts', 'event-store'],
  'libs/runtime': SHARED.filter((name) => name !== 'runtime'),
  'libs/simulation': ['kit', 'event-store', 'ledger', 'messaging'],
  'libs/testing': SHARED,
  'services/ingestion': SHARED,
  'services/reservation': SHARED,
  'services/atp-projection': SHARED,
  'services/channel-connector': SHARED,
  'services/workflow': SHARED,
  'services/gateway': SHARED,
  'services/standalone': [...SHARED, ...SERVICES],
  'tools/bench': [...SHARED, ...SERVICES, 'testing', 'engines', 'sandbox'],
  'tools/build': [],
  'tools/checks': [],
  'tools/engines': ['kit', 'testing', 'runtime'],
  'tools/eslint-rules': [],
  'tools/jest': [],
  'tools/operations': [...SHARED, 'atp-projection', 'channel-connector', 'testing', 'engines', 'sandbox'],
  'tools/replay': ['kit', 'testing', 'sandbox'],
  'tools/sandbox': ['kit'],
  'tools/simulate': [...SHARED, 'simulation', 'ingestion', 'reservation', 'channel-connector'],
};

/** What specs and the folder `test` may import besides. */
export const TESTS_MAY_IMPORT = {
  everywhere: ['testing', 'sandbox'],
  'services/standalone': ['replay'],
  'tools/operations': SERVICES,
};
