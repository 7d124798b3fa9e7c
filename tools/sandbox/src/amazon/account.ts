import { randomBytes } from 'node:crypto';

/** The merchant's one account at the simulated Amazon. */
export interface AmazonAccount {
  readonly sellerId: string;
  readonly marketplaceIds: readonly string[];
  readonly region: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly queueRegion: string;
  /** Path of the queue that gets the notifications. */
  readonly queuePath: string;
}

const secret = (bytes: number): string => randomBytes(bytes).toString('hex');

export const newAccount = (marketplaceIds: readonly string[]): AmazonAccount => ({
  sellerId: 'A2HOLDFASTSHOP',
  marketplaceIds,
  region: 'eu',
  clientId: `amzn1.application-oa2-client.${secret(16)}`,
  clientSecret: `amzn1.oa2-cs.v1.${secret(24)}`,
  refreshToken: `Atzr|${secret(24)}`,
  accessKeyId: `AKIA${secret(8).toUpperCase()}`,
  secretAccessKey: secret(20),
  queueRegion: 'eu-west-1',
  queuePath: '/123456789012/holdfast-notifications',
});
