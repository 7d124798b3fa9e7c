import { tableOf } from './table.js';

it('has a line for each round, in columns', () => {
  const round = { cut: 'pair gateway - kafka', seconds: 7, recoveredMs: 1_234, answers: { 201: 5, none: 1 }, faults: ['lost'] };
  expect(tableOf([round, { ...round, cut: 'everything', faults: [] }]).split('\n')).toEqual([
    'round  cut                   seconds  recovery s  answers by status  faults',
    '1      pair gateway - kafka  7        1.2         201: 5, none: 1    1     ',
    '2      everything            7        1.2         201: 5, none: 1    0     ',
  ]);
});
