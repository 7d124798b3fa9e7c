import { GroupCommit, type GroupCommitOptions } from '@holdfast/kit';
import { BusUnavailable } from '../port.js';

/** Makes callers that store through one bus share commits. */
export const commitsOf = <Item>(options: Omit<GroupCommitOptions<Item>, 'tooMany' | 'failsAll'>): GroupCommit<Item> =>
  new GroupCommit({
    ...options,
    tooMany: () => new BusUnavailable('Too many messages wait to be published.'),
    failsAll: (error) => error instanceof BusUnavailable,
  });
