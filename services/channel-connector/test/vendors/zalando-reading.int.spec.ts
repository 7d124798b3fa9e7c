import { PROVIDERS } from '../../src/providers/registry.js';
import { zalandoReadingRig } from '../contract/sandbox-rigs.js';
import { providerContract } from '../contract/provider-contract.js';

// With the setting `readBack`, Zalando is discovered, compared and read back as the others are: the cases that zalando.int.spec.ts names as missing.
providerContract(zalandoReadingRig, PROVIDERS, ['reading']);
