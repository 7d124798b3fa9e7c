import { validateSync } from 'class-validator';
import { StockRequestQuery } from './request.dto.js';

describe('the query of stock requests', () => {
  it.each(['key_17', 'anna@example.com', 'auth0|5f7c'])('names whoever may ask: %s', (requestedBy) => {
    expect(validateSync(Object.assign(new StockRequestQuery(), { requestedBy }))).toEqual([]);
  });
});
