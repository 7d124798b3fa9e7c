import { clientOf, problem } from '../../test/answers.js';

const page = (number: number, ...skus: readonly string[]) => ({
  body: { items: skus.map((id) => ({ id })), pagination: { page: number, pageSize: 2, total: 5, totalPages: 3 } },
});
const PAGES = [page(1, 'A', 'B'), page(2, 'C', 'D'), page(3, 'E')];
const queries = (sent: readonly { readonly url: string }[]): readonly string[] => sent.map(({ url }) => new URL(url).search);

describe('a list in pages', () => {
  it('gives its rows one after the other', async () => {
    const { holdfast, sent } = clientOf(PAGES);
    const seen: string[] = [];
    for await (const { id } of holdfast.products.list({ search: 'x' })) seen.push(id);
    expect(seen).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(queries(sent)).toEqual(['?search=x', '?search=x&page=2', '?search=x&page=3']);
  });

  it('asks for the next page while one is used, and for no more when its reader leaves', async () => {
    const { holdfast, sent } = clientOf([PAGES[0] ?? {}, 'silent']);
    for await (const { items } of holdfast.products.list().pages()) {
      expect(items).toHaveLength(2);
      await Promise.resolve();
      break;
    }
    expect(queries(sent)).toEqual(['', '?page=2']);
  });

  it('gives the first rows with as few pages as hold them', async () => {
    const { holdfast, sent } = clientOf(PAGES);
    expect((await holdfast.products.list().first(3)).map(({ id }) => id)).toEqual(['A', 'B', 'C']);
    expect(queries(sent)).toEqual(['', '?page=2']);
  });

  it('gives its first page when awaited, and asks nothing before', async () => {
    const { holdfast, sent } = clientOf(PAGES);
    const list = holdfast.products.list();
    expect(sent).toEqual([]);
    expect((await list).pagination.total).toBe(5);
  });

  it('goes on by a cursor where the list has one', async () => {
    const { holdfast, sent } = clientOf([{ body: { events: [{ type: 'X' }], nextCursor: '7' } }, { body: { events: [{ type: 'Y' }] } }]);
    const seen: string[] = [];
    for await (const { type } of holdfast.stockEvents.list('TENT-2P')) seen.push(type);
    expect(seen).toEqual(['X', 'Y']);
    expect(queries(sent)).toEqual(['', '?cursor=7']);
  });

  it('throws where a page is refused, after the rows before it', async () => {
    const { holdfast } = clientOf([PAGES[0] ?? {}, problem(404, 'gone')]);
    const seen: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const { id } of holdfast.products.list()) seen.push(id);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'gone' });
    expect(seen).toEqual(['A', 'B']);
  });
});
