import { scramSecret } from './scram.js';

describe('the secret that Postgres stores of a password', () => {
  // Salt and password of the example in RFC 7677; the keys are what Postgres 18 stores for them.
  it('is salted and hashed by SCRAM-SHA-256', () =>
    expect(scramSecret('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    ));
});
