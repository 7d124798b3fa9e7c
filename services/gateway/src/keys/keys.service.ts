import { randomBytes } from 'node:crypto';
import type { Clock } from '@holdfast/kit';
import type { Caller, Page, Pagination } from '@holdfast/platform';
import { allows, paginationOf, parseTime, personOf, Problem } from '@holdfast/platform';
import type { Repository } from 'typeorm';
import { IsNull, Not } from 'typeorm';
import { permissionsOf } from '../access/roles.js';
import { ApiKey } from './api-key.entity.js';
import type { ApiKeys } from './api-keys.js';
import { hashOf } from './api-keys.js';
import type { CreatedKey, CreateKey, KeyView } from './keys.dto.js';

const MAX_KEYS_OF_TENANT = 1_000;
/** A key that comes from the environment keeps its id, so that a changed value replaces the one before. */
const ENVIRONMENT_KEY = 'key_environment';

export const newKey = (): string => `hf_${randomBytes(32).toString('base64url')}`;
const newId = (): string => `key_${randomBytes(9).toString('hex')}`;
const isKeyId = (subject: string): boolean => subject.startsWith('key_');

/** Makes, lists and revokes the keys of a tenant. */
export class KeysService {
  constructor(
    private readonly repository: Repository<ApiKey>,
    private readonly lookups: ApiKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400 without roles and permissions, 403 `permission_not_held` for more than the caller has, 409 `too_many_keys` */
  async create(caller: Caller, wish: CreateKey): Promise<CreatedKey> {
    const expiresAt = this.expiryOf(wish);
    const granted = permissionsOf(wish.roles ?? [], wish.permissions ?? []);
    if (granted.length === 0) throw faulty('roles', 'name a role or a permission');
    const beyond = granted.filter((permission) => !allows(caller.permissions, permission));
    if (beyond.length > 0)
      throw new Problem(403, 'permission_not_held', 'A key cannot grant more than its maker holds', {
        details: beyond.map((permission) => ({ permission })),
      });
    if ((await this.repository.countBy({ tenant: caller.tenant, revokedAt: IsNull() })) >= MAX_KEYS_OF_TENANT)
      throw new Problem(409, 'too_many_keys', `A tenant has at most ${MAX_KEYS_OF_TENANT} keys; revoke some`);

    const key = newKey();
    const row = { ...this.row(newId(), caller.tenant, wish.name, key, caller.subject, expiresAt), person: personOf(caller) };
    await this.repository.insert({ ...row, roles: wish.roles ?? [], permissions: wish.permissions ?? [] });
    this.lookups.forget(row.id);
    return { ...viewOf({ ...row, roles: wish.roles ?? [], permissions: wish.permissions ?? [] }), key };
  }

  async list(tenant: string, page: Page): Promise<{ keys: readonly KeyView[]; pagination: Pagination }> {
    const [rows, total] = await this.repository.findAndCount({
      where: { tenant, revokedAt: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
      skip: page.offset,
      take: page.pageSize,
    });
    return { keys: rows.map(viewOf), pagination: paginationOf(page, total) };
  }

  /** @throws Problem 404 `unknown_key`, also for another tenant's */
  async find(tenant: string, id: string): Promise<KeyView> {
    const row = await this.repository.findOneBy({ tenant, id, revokedAt: IsNull() });
    if (row === null) throw unknownKey();
    return viewOf(row);
  }

  /**
   * Counts at once in this process, within seconds in others.
   * @throws Problem 404 `unknown_key`; 409 `last_admin_key` when a key asks and none would be left that can make keys
   */
  async revoke(caller: Caller, id: string): Promise<void> {
    const { tenant } = caller;
    await this.repository.manager.transaction(async (manager) => {
      const keys = manager.getRepository(ApiKey);
      // All keys of the tenant are locked, so that two keys cannot revoke each other at the same moment.
      const rows = await keys.find({ where: { tenant, revokedAt: IsNull() }, lock: { mode: 'pessimistic_write' }, order: { id: 'ASC' } });
      const row = rows.find((key) => key.id === id);
      if (row === undefined) throw unknownKey();
      // A token's rights come from elsewhere, so its owner can make a key at any time.
      if (isKeyId(caller.subject) && this.makesKeys(row) && !rows.some((key) => key !== row && this.makesKeys(key))) throw lastAdminKey();
      await keys.update({ id }, { revokedAt: new Date(this.clock.now()) });
    });
    this.lookups.forget(id);
  }

  /** Makes the given key the admin key of a tenant and revokes the former one. */
  async seedAdmin(tenant: string, key: string, name: string): Promise<void> {
    const row = this.row(ENVIRONMENT_KEY, tenant, name, key, 'start', null);
    await this.repository.delete({ hash: row.hash, id: Not(ENVIRONMENT_KEY) });
    await this.repository.upsert({ ...row, roles: ['admin'], permissions: [] }, ['id']);
    this.lookups.forget(ENVIRONMENT_KEY);
  }

  /** Whether a key can make keys, and does not end by itself. */
  private makesKeys({ roles, permissions, expiresAt }: ApiKey): boolean {
    return expiresAt === null && allows(permissionsOf(roles, permissions), 'keys.write');
  }

  private row(
    id: string,
    tenant: string,
    name: string,
    key: string,
    createdBy: string,
    expiresAt: Date | null,
  ): Omit<ApiKey, 'roles' | 'permissions'> {
    return {
      id,
      tenant,
      name,
      hash: hashOf(key),
      createdAt: new Date(this.clock.now()),
      createdBy,
      person: null,
      expiresAt,
      revokedAt: null,
    };
  }

  private expiryOf(wish: CreateKey): Date | null {
    if (wish.expiresAt === undefined) return null;
    const at = parseTime(wish.expiresAt);
    if (at === undefined || at <= this.clock.now()) throw faulty('expiresAt', 'must lie in the future');
    return new Date(at);
  }
}

const unknownKey = (): Problem => new Problem(404, 'unknown_key', 'There is no such key');

const lastAdminKey = (): Problem =>
  new Problem(409, 'last_admin_key', 'This is the last key that can make keys; make another without an end first, then revoke this one');

const faulty = (field: string, message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field, message }] });

const viewOf = (row: ApiKey): KeyView => ({
  id: row.id,
  name: row.name,
  roles: row.roles,
  permissions: row.permissions,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});
