import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Permission } from './permissions.js';

export const ACCESS = Symbol('holdfast access');

export type Access = { readonly kind: 'public' } | { readonly kind: 'needs'; readonly permissions: readonly Permission[] };

/** Every route carries this or `@Public()`. The caller must hold all permissions named. */
export const Needs = (...permissions: readonly [Permission, ...Permission[]]): MethodDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, { kind: 'needs', permissions } satisfies Access),
    ApiBearerAuth('bearer'),
    ApiExtension('x-permissions', [...permissions]),
  );

/** A route for every known caller: what it does for them needs permissions of its own. */
export const NeedsCaller = (): MethodDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, { kind: 'needs', permissions: [] } satisfies Access),
    ApiBearerAuth('bearer'),
    ApiExtension('x-permissions', []),
  );

/** A route without a credential. */
export const Public = (): MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'public' } satisfies Access), ApiSecurity({}), ApiExtension('x-permissions', []));
