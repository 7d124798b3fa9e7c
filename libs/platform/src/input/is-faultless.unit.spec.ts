import 'reflect-metadata';
import { ValidateNested, validateSync } from 'class-validator';
import fc from 'fast-check';
import { isFaultless } from './is-faultless.js';
import { IsIdentifierList, IsListOf, IsNested, IsObjectOfAnything } from './lists.js';
import { IsAmount, IsQuantity } from './numbers.js';
import { IsFlag, IsOneOf, IsSku, IsText } from './text.js';
import { IsTime } from './times.js';

class Line {
  @IsSku()
  sku: unknown;

  @IsQuantity()
  quantity: unknown;
}

class Request extends Line {
  @IsListOf(() => Line, { max: 2 })
  lines: unknown;

  @IsNested(() => Line, { optional: true })
  line: unknown;

  @IsText({ max: 3, pattern: /^[a-z]/, optional: true, nullable: true })
  text: unknown;

  @IsAmount({ min: -1, max: 1, nullable: true })
  amount: unknown;

  @IsFlag({ optional: true })
  flag: unknown;

  @IsOneOf(['one', 'two'])
  word: unknown;

  @IsIdentifierList({ max: 2, min: 0, optional: true })
  ids: unknown;

  @IsTime({ optional: true })
  at: unknown;

  @IsObjectOfAnything({ optional: true })
  anything: unknown;
}

class WithNested {
  @ValidateNested()
  nested: unknown;
}

class WithoutChecks {
  field: unknown;
}

const OPTIONS = { forbidUnknownValues: true, stopAtFirstError: true } as const;
const made = <Value extends object>(shape: new () => Value, fields: object): Value => Object.assign(new shape(), fields);

const RIGHT = {
  sku: 'A',
  quantity: 1,
  lines: [{}],
  line: {},
  text: 'abc',
  amount: 0,
  flag: true,
  word: 'one',
  ids: ['a'],
  at: '2026-01-01T00:00:00Z',
  anything: {},
};
const value = fc.oneof(
  fc.constantFrom<unknown[]>(undefined, null, '', 'a', 'Ab', 'abcd', '.', 0, 1, -1, 1.5, 2, NaN, true, 'one', 'a\0', {}, []),
  fc.constantFrom<unknown[]>(
    [{}],
    [null],
    [{}, 1],
    [{}, {}, {}],
    ['a', 'b'],
    ['a', 1],
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00+02:00',
  ),
);
const changes = fc.dictionary(fc.constantFrom(...Object.keys(RIGHT)), value, { maxKeys: 3 });

describe('an object of a request class', () => {
  it('is faultless if class-validator finds no fault in it, and only then', () => {
    let faulty = 0;
    fc.assert(
      fc.property(changes, (changed) => {
        const object = made(Request, { ...RIGHT, ...changed });
        const found = validateSync(object, OPTIONS).length;
        faulty += Number(found > 0);
        expect(isFaultless(Request, object)).toBe(found === 0);
      }),
      { numRuns: 1_000 },
    );
    expect(faulty).toBeGreaterThan(100);
    expect(faulty).toBeLessThan(1_000);
  });

  it('is left to class-validator where the class has other kinds of checks, or none', () => {
    expect(isFaultless(WithNested, made(WithNested, { nested: made(Line, { sku: 'A', quantity: 1 }) }))).toBe(false);
    expect(isFaultless(WithoutChecks, new WithoutChecks())).toBe(false);
  });
});
