import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  validateSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { contractFile } from '../../specifications/contracts-folder.js';
import { adminSchema } from './schema.js';

const file = contractFile('shopify', 'admin_2026-07.introspection.json.gz');
const later = contractFile('shopify', 'admin_2026-10.introspection.json.gz');

const read = (path: string): GraphQLSchema =>
  buildClientSchema((JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as { readonly data: IntrospectionQuery }).data);

/** Where the served part says something else than the whole: then a query might be valid here and not there. */
function differences(part: GraphQLSchema, whole: GraphQLSchema): readonly string[] {
  return Object.values(part.getTypeMap()).flatMap((type) => {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) return [];
    const other = whole.getType(type.name);
    if (other?.constructor !== type.constructor) return [type.name];
    if (isEnumType(type) && isEnumType(other))
      return type.getValues().flatMap(({ name }) => (other.getValue(name) === undefined ? `${type.name}.${name}` : []));
    if (isInputObjectType(type) && isInputObjectType(other)) {
      const missing = Object.values(other.getFields()).filter(
        (field) => isRequiredInputField(field) && type.getFields()[field.name] === undefined,
      );
      return [
        ...missing,
        ...Object.values(type.getFields()).filter((field) => String(other.getFields()[field.name]?.type) !== String(field.type)),
      ].map(({ name }) => `${type.name}.${name}`);
    }
    if (!(isObjectType(type) || isInterfaceType(type)) || !(isObjectType(other) || isInterfaceType(other))) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const there = other.getFields()[field.name];
      const name = `${type.name}.${field.name}`;
      if (there === undefined || String(there.type) !== String(field.type)) return [name];
      const wrong = field.args.filter(
        (argument) =>
          !there.args.some(
            (one) => one.name === argument.name && String(one.type) === String(argument.type) && one.defaultValue === argument.defaultValue,
          ),
      );
      const missing = there.args.filter(
        (argument) => isRequiredArgument(argument) && !field.args.some(({ name }) => name === argument.name),
      );
      return [...wrong, ...missing].map((argument) => `${name}(${argument.name})`);
    });
  });
}

describe("the part of the vendor's schema that is served", () => {
  it('is a schema', () => expect(validateSchema(adminSchema())).toEqual([]));

  (file === undefined ? it.skip : it)("says nothing else than the vendor's own introspection", () =>
    expect(differences(adminSchema(), read(file ?? ''))).toEqual([]),
  );

  (later === undefined ? it.skip : it)('is in the next version too, but for what an item that is not stocked is refused with', () =>
    expect(differences(adminSchema(), read(later ?? ''))).toEqual(['InventorySetQuantitiesUserErrorCode.ITEM_NOT_STOCKED_AT_LOCATION']),
  );
});
