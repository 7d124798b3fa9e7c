import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

type Shape = new () => object;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Passes = (value: unknown, object: object) => boolean;

interface FieldChecks {
  readonly name: string;
  /** Where one of them is false, the field is not checked. */
  readonly conditions: readonly Passes[];
  readonly constraints: readonly Passes[];
}

/** By class: the checks of its fields; undefined where only class-validator can run them. */
const known = new WeakMap<Shape, { readonly fields: readonly FieldChecks[] | undefined }>();

/**
 * Whether `validateSync` would find no fault in an instance of the class; false also where only class-validator itself can tell. It runs the
 * same checks from a list that is made once for each class. class-validator gathers them anew for each object, which took a twentieth of the
 * process' work on reservations over HTTP; most objects have no fault, so it is only called for the wording of one.
 */
export function isFaultless(shape: Shape, object: object): boolean {
  const fields = checksOf(shape);
  if (fields === undefined) return false;
  for (const { name, conditions, constraints } of fields) {
    const value: unknown = Reflect.get(object, name);
    const passes = (check: Passes): boolean => check(value, object);
    if (conditions.every(passes) && !constraints.every(passes)) return false;
  }
  return true;
}

function checksOf(shape: Shape): readonly FieldChecks[] | undefined {
  let found = known.get(shape);
  if (found === undefined) known.set(shape, (found = { fields: compiled(shape) }));
  return found.fields;
}

function compiled(shape: Shape): readonly FieldChecks[] | undefined {
  const storage = getMetadataStorage();
  const checks = storage.getTargetValidationMetadatas(shape, '', false, false);
  // Without any check class-validator refuses the object.
  if (checks.length === 0 || !checks.every(isSimple)) return undefined;
  return Object.entries(storage.groupByPropertyName(checks)).map(([name, ofField]) => ({
    name,
    conditions: ofField.filter(isCondition).map(conditionOf),
    constraints: ofField.filter((check) => !isCondition(check)).flatMap((check) => constraintsOf(check, shape.name)),
  }));
}

const constraintClasses = ({ constraintCls }: Metadata) => getMetadataStorage().getTargetValidatorConstraints(constraintCls);

const isCondition = ({ type }: Metadata): boolean => type === ValidationTypes.CONDITIONAL_VALIDATION;

const isSimple = (check: Metadata): boolean =>
  isCondition(check) ||
  (check.type === ValidationTypes.CUSTOM_VALIDATION &&
    check.validateIf === undefined &&
    constraintClasses(check).every(({ async }) => !async));

function conditionOf({ constraints: [condition] }: Metadata): Passes {
  const holds = condition as (object: object, value: unknown) => boolean;
  return (value, object) => holds(object, value);
}

function constraintsOf(check: Metadata, targetName: string): readonly Passes[] {
  const { each, propertyName: property, constraints = [] } = check;
  return constraintClasses(check).map(({ instance }) => (value, object) => {
    const given: ValidationArguments = { targetName, property, object, value, constraints };
    const passes = (one: unknown): boolean => Boolean(instance.validate(one, given));
    return each && Array.isArray(value) ? value.every(passes) : passes(value);
  });
}
