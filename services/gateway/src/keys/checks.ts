import type { PropertyOptions } from '@holdfast/platform';
import { PERMISSION_AREAS, property } from '@holdfast/platform';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches } from 'class-validator';

const MAX_ENTRIES = 50;
const PERMISSION = new RegExp(`^(\\*|(${PERMISSION_AREAS.join('|')})\\.(\\*|[a-z]+))$`);

const listed = (): PropertyDecorator[] => [IsArray(), ArrayMinSize(1), ArrayMaxSize(MAX_ENTRIES)];
const schema = { type: [String], minItems: 1, maxItems: MAX_ENTRIES } satisfies Parameters<typeof property>[0];

/** A list of some of the words given. */
export const IsOneOfList = (values: readonly string[], options: PropertyOptions): PropertyDecorator =>
  property(schema, options, [...listed(), IsIn([...values], { each: true, message: `must hold some of ${values.join(', ')}` })]);

/** A list of permissions, wildcards included. */
export const IsPermissionList = (options: PropertyOptions): PropertyDecorator =>
  property(schema, options, [
    ...listed(),
    Matches(PERMISSION, {
      each: true,
      message: `must hold permissions: <area>.<action>, <area>.* or *, areas ${PERMISSION_AREAS.join(', ')}`,
    }),
  ]);
