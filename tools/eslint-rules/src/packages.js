const SHARED = [
  'kit',
  'inventory',
  'warehouse',
  'event-store',
  'ledger',
  'messaging',
  'read-model',
  'contracts',
  'platform',
  'runtime',
  'vendor-http',
];
/** May call services: those that stand in front of the others, and ingestion, whose files of mappings go through the channel connector. */
const CALLING = [...SHARED, 'forwarding'];
const SERVICES = ['ingestion', 'reservation', 'atp-projection', 'channel-connector', 'workflow', 'gateway', 'graphql'];

/** Which package may import which, by name. What is not written here is not allowed. */
export const MAY_IMPORT = {
  'libs/inventory': [],
  'libs/warehouse': ['inventory'],
  'libs/kit': [],
  'libs/client': [],
  'libs/contracts': ['kit', 'inventory', 'warehouse'],
  'libs/event-store': ['kit'],
  'libs/messaging': ['kit'],
  'libs/platform': ['kit'],
  'libs/vendor-http': ['kit'],
  'libs/forwarding': ['kit', 'platform'],
  'libs/ledger': ['kit', 'inventory', 'warehouse', 'contracts', 'event-store'],
  'libs/read-model': ['kit', 'inventory', 'warehouse', 'contracts', 'event-store'],
  'libs/runtime': SHARED.filter((name) => name !== 'runtime'),
  'libs/simulation': ['kit', 'event-store', 'ledger', 'messaging'],
  'libs/testing': SHARED,
  'services/ingestion': CALLING,
  'services/reservation': SHARED,
  'services/atp-projection': SHARED,
  'services/channel-connector': SHARED,
  'services/workflow': SHARED,
  'services/gateway': CALLING,
  'services/graphql': CALLING,
  'services/console': ['client'],
  'services/standalone': [...CALLING, ...SERVICES, 'client'],
  'tools/bench': [...SHARED, ...SERVICES, 'testing', 'engines', 'sandbox', 'replay'],
  'tools/build': [],
  'tools/checks': [],
  'tools/engines': ['kit', 'testing', 'runtime'],
  'tools/eslint-rules': [],
  'tools/jest': [],
  'tools/operations': [...SHARED, 'client', 'atp-projection', 'channel-connector', 'testing', 'engines', 'sandbox'],
  'tools/replay': ['kit', 'client', 'testing', 'sandbox'],
  'tools/sandbox': ['kit'],
  'tools/simulate': [...SHARED, 'simulation', 'ingestion', 'reservation', 'channel-connector', 'workflow'],
};

/** What specs and the folder `test` may import besides. */
export const TESTS_MAY_IMPORT = {
  everywhere: ['testing', 'sandbox'],
  'services/standalone': ['replay'],
  'tools/operations': SERVICES,
};
