import type { Caller, Secret } from '@holdfast/platform';
import { OPERATOR_PERMISSIONS } from '@holdfast/platform';
import { hashOf } from '../keys/api-keys.js';

/** The operator of the installation. It has no permission for the data of a tenant. */
const OPERATOR: Caller = { tenant: 'operator', subject: 'operator', permissions: OPERATOR_PERMISSIONS };

/** Knows the operator by the hash of its key; nobody is the operator where no key is configured. */
export class Operator {
  private readonly digest: string | undefined;

  constructor(key: Secret | undefined) {
    this.digest = key === undefined ? undefined : hashOf(key.reveal());
  }

  /** The operator where the hash is that of its key. */
  callerOf(keyHash: string): Caller | undefined {
    return keyHash === this.digest ? OPERATOR : undefined;
  }
}
