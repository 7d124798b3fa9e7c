import { StoppedClock } from '../../test/stopped-clock.js';
import { startLinxSimulator, type LinxOptions, type LinxSimulator } from './linx-simulator.js';

const FIRST = '12345678000195';
const SECOND = '12345678000276';

let clock: StoppedClock;
let linx: LinxSimulator;
const started = async (options: LinxOptions = {}): Promise<void> => {
  clock = new StoppedClock();
  linx = await startLinxSimulator({ clock, ...options });
  linx.company.set({ sku: '1001', warehouse: `${FIRST}/1` }, { quantity: '10.5' });
  linx.company.set({ sku: '1001', warehouse: `${FIRST}/2` }, { quantity: '4' });
  linx.company.set({ sku: '1002', warehouse: `${SECOND}/1` }, { quantity: '3' });
};
afterEach(() => linx.close());

async function ask(
  command: string,
  parameters: Readonly<Record<string, string>>,
  changed: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { key, user, password } = { ...linx.connection.poller.credentials, ...changed };
  const all = { chave: key ?? '', ...parameters };
  const listed = Object.entries(all).map(([id, value]) => `<Parameter id="${id}">${value}</Parameter>`);
  const response = await fetch(`${linx.url}/1.0/api/integracao`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<LinxMicrovix><Authentication user="${user ?? ''}" password="${password ?? ''}"/><ResponseFormat>xml</ResponseFormat><IdPortal>10431</IdPortal><Command><Name>${command}</Name><Parameters>${listed.join('')}</Parameters></Command></LinxMicrovix>`,
  });
  expect(response.status).toBe(200);
  return response.text();
}

const days = { data_mov_ini: '2026-07-01', data_mov_fim: '2026-07-01', referencia: 'NULL' };

describe('stock of Microvix', () => {
  it('is that of a store where it moved in the days asked for, all depots together', async () => {
    await started();
    expect(await ask('LinxProdutosDetalhes', { cnpjEmp: FIRST, ...days })).toContain(
      `<R><D>10431</D><D>${FIRST}</D><D>1001</D><D></D><D>14,5000</D>`,
    );
    expect(
      await ask('LinxProdutosDetalhes', { cnpjEmp: FIRST, ...days, data_mov_ini: '2026-06-01', data_mov_fim: '2026-06-30' }),
    ).not.toContain('<R>');
  });

  it('counts a day by its time zone', async () => {
    await started();
    // 02:30 in the morning of the 2nd in UTC is the 1st in São Paulo.
    clock.forward(14.5 * 3_600_000);
    linx.company.move({ sku: '1002', warehouse: `${SECOND}/1` }, 1);
    expect(await ask('LinxProdutosDetalhes', { cnpjEmp: SECOND, ...days })).toContain('<D>4</D>');
    expect(await ask('LinxProdutosDetalhes', { cnpjEmp: SECOND, data_mov_ini: '2026-07-02', data_mov_fim: '2026-07-02' })).not.toContain(
      '<R>',
    );
  });

  it('is the whole balance by depot', async () => {
    await started({ decimal: 'point' });
    const answer = await ask('LinxProdutosInventario', { cnpjEmp: FIRST, data_inventario: '2026-07-01' });
    expect(answer).toContain('<D>1001</D><D></D><D>10.5</D><D>1</D>');
    expect(answer).toContain('<D>4</D><D>2</D>');
    expect(await ask('LinxProdutosInventario', { cnpjEmp: FIRST, data_inventario: '2026-07-01', cod_deposito: '2' })).not.toContain('10.5');
  });

  it('has stores and depots', async () => {
    await started();
    expect(await ask('LinxLojas', {})).toContain(`<D>Loja Norte</D><D>Loja Norte</D><D>${SECOND}</D>`);
    expect(await ask('LinxProdutosDepositos', {})).toContain('<D>Reserva técnica</D>');
  });

  it('may come with its columns in another order every time', async () => {
    await started({ columnsVary: true });
    const header = async (): Promise<string | undefined> => /<C>.*<\/C>/.exec(await ask('LinxLojas', {}))?.[0];
    expect(await header()).not.toBe(await header());
  });

  it('is refused with status 200 and a message', async () => {
    await started();
    const refusal = /<ResponseSuccess>False<\/ResponseSuccess><ResponseError><Message>.{5}/;
    expect(await ask('LinxLojas', {}, { key: 'x' })).toMatch(refusal);
    expect(await ask('LinxLojas', {}, { password: 'x' })).toMatch(refusal);
    expect(await ask('LinxEverything', {})).toMatch(refusal);
    expect(await ask('LinxProdutosDetalhes', { cnpjEmp: '00000000000000', ...days })).toMatch(refusal);
    expect(await ask('LinxProdutosInventario', { cnpjEmp: FIRST })).toMatch(refusal);
    linx.faults.credentialsRevoked = true;
    expect(await ask('LinxLojas', {})).toMatch(refusal);
  });
});
