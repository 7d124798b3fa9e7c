import { parseFormula } from './formula.js';

const field = (name: string, isSubtracted = false) => ({ field: name, isSubtracted });

describe('a formula of what is available', () => {
  it.each([
    ['onHand', [field('onHand')]],
    [' onHand - reserved ', [field('onHand'), field('reserved', true)]],
    ['B2_QATU-B2_RESERVA-B2_QEMP', [field('B2_QATU'), field('B2_RESERVA', true), field('B2_QEMP', true)]],
    ['saldo.total + a', [field('saldo.total'), field('a')]],
  ])('reads %j', (text, formula) => expect(parseFormula(text)).toEqual(formula));

  it.each(['', '-a', 'a -', 'a b', 'a * b', 'a - (b)', 'a - 3', 'a -- b', 'a;b', 'a,b', Array.from({ length: 11 }, () => 'a').join('+')])(
    'refuses %j',
    (text) => expect(parseFormula(text)).toBeUndefined(),
  );
});
