import { pollerContract } from '../../../test/pollers/poller-contract.js';
import { sapRig } from '../../../test/pollers/sap-rig.js';

const NO_TOKENS = { tokens: 'a communication user has a password' };

pollerContract('SAP S/4HANA', sapRig({ auth: 'oauth' }, { pageSize: 2, concurrency: 1 }));
pollerContract('SAP S/4HANA, asked for three pages at a time', sapRig({ auth: 'oauth' }, { pageSize: 2, concurrency: 3 }));
pollerContract('SAP S/4HANA that cuts pages, asked ahead', sapRig({ auth: 'basic', mostEntities: 3 }, { pageSize: 4 }, NO_TOKENS));
