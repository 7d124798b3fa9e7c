import { StoppedClock } from '../../test/stopped-clock.js';
import { CompanyLife } from './company-life.js';
import { Company } from './company.js';

const HERE = '1010/101A';
let company: Company;
beforeEach(() => {
  company = new Company(new StoppedClock());
});

const skus = (): readonly string[] => [...company.all()].map(({ sku }) => sku);

describe('a company', () => {
  it('keeps its rows in the order of their keys, those in mass among the others', () => {
    for (const sku of ['Z', 'A', 'M1']) company.set({ sku, warehouse: HERE }, { quantity: '1' });
    company.fill(2, [HERE], () => 5);
    expect(skus()).toEqual(['A', 'M1', 'MASS-0000000', 'MASS-0000001', 'Z']);
  });

  it.each([
    ['', 0],
    ['A', 0],
    ['A0', 1],
    ['MASS-', 1],
    ['MASS-0000001', 2],
    ['MASS-1', 3],
    ['Z', 3],
    ['ZZ', 4],
  ])('says where rows from %s on begin', (sku, position) => {
    for (const one of ['A', 'Z']) company.set({ sku: one, warehouse: HERE }, { quantity: '1' });
    company.fill(2, [HERE], () => 5);
    expect(company.firstFrom(sku)).toBe(position);
  });

  it('changes rows in mass, and knows a million of them', () => {
    company.fill(1_000_000, [HERE], (index) => index % 7);
    expect(company.changeFilled(10, 1)).toBe(100_000);
    expect([company.at(10)?.quantity, company.at(11)?.quantity, company.at(999_999)?.sku]).toEqual(['4', '4', 'MASS-0999999']);
  });
});

describe('the life of a company', () => {
  const run = (seed: number): readonly string[] => {
    const own = new Company(new StoppedClock());
    own.set({ sku: 'A', warehouse: HERE }, { quantity: '50' });
    own.set({ sku: 'B', warehouse: HERE }, { quantity: '50' });
    const life = new CompanyLife(own, seed);
    for (let sale = 0; sale < 5; sale += 1) life.sold({ sku: 'A', warehouse: HERE }, 1);
    life.step(20);
    return own.single().map(({ quantity }) => quantity);
  };

  it('follows from its seed', () => {
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it('posts what was sold elsewhere once, at the latest when it is told to', () => {
    company.set({ sku: 'A', warehouse: HERE }, { quantity: '50' });
    const life = new CompanyLife(company, 1);
    for (const units of [1, 2, 3]) life.sold({ sku: 'A', warehouse: HERE }, units);
    life.postAll();
    life.postAll();
    expect([company.quantity({ sku: 'A', warehouse: HERE }), life.waiting]).toEqual(['44', 0]);
  });
});
