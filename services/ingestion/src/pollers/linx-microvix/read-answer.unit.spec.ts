import { readAnswer } from './read-answer.js';

const document = (inner: string, success = 'True'): string =>
  `<?xml version="1.0"?><Microvix><ResponseResult><ResponseSuccess>${success}</ResponseSuccess></ResponseResult>${inner}</Microvix>`;
const read = (text: string) => readAnswer(Buffer.from(text));

describe('an answer of Microvix', () => {
  it('is a table of the header and the rows by position', async () => {
    const rows = '<R><D> A &amp; B </D><D/><D><![CDATA[x<y]]></D></R>\n<R><D>&#233;</D></R>';
    expect(await read(document(`<ResponseData><C><D>COD_PRODUTO</D><D>x</D></C>${rows}</ResponseData>`))).toEqual({
      kind: 'table',
      columns: ['cod_produto', 'x'],
      rows: [['A & B', '', 'x<y'], ['é']],
    });
  });

  it('is read in slices', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `<R><D>${String(index)}</D></R>`).join('');
    const answer = await read(document(`<ResponseData><C><D>a</D></C>${rows}</ResponseData>`));
    expect(answer.kind === 'table' && [answer.rows.length, answer.rows.at(-1)]).toEqual([20_000, ['19999']]);
  });

  it('is in the encoding that it declares', async () => {
    const text = document('<ResponseData><C><D>nome</D></C><R><D>São Paulo</D></R></ResponseData>').replace(
      'version="1.0"',
      'version="1.0" encoding="iso-8859-1"',
    );
    expect(await readAnswer(Buffer.from(text, 'latin1'))).toMatchObject({ rows: [['São Paulo']] });
  });

  it('is a refusal with its message, whatever the status was', async () => {
    const error = '<ResponseError><Message>Chave inválida</Message></ResponseError>';
    expect(await read(`<Microvix><ResponseResult><ResponseSuccess>False</ResponseSuccess>${error}</ResponseResult></Microvix>`)).toEqual({
      kind: 'refused',
      message: 'Chave inválida',
    });
  });

  it.each([
    ['entities of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a document type', `<!DOCTYPE Microvix>${document('').slice(21)}`],
    ['an entity that nobody declared', document('<ResponseData><R><D>&b;</D></R></ResponseData>')],
    ['an end that is missing', document('<ResponseData>').slice(0, -20)],
    ['tags that do not match', document('<R></D>')],
    ['no word about success', '<Microvix><ResponseData/></Microvix>'],
    ['a value without end', document(`<R><D>${'x'.repeat(3_000)}</D></R>`)],
    ['nothing', ''],
  ])('is broken where it has %s', async (_, text) => expect(await read(text)).toMatchObject({ kind: 'broken' }));
});
