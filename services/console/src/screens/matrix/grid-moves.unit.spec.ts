import { moved } from './grid-moves.js';

const SIZE = { rows: 100, columns: 3, pageRows: 20 };
const press = (key: string, far = false) => ({ key, ctrlKey: far, metaKey: false });

describe('keys of a grid', () => {
  it.each([
    ['ArrowUp', false, { row: 49, column: 1 }],
    ['ArrowDown', false, { row: 51, column: 1 }],
    ['ArrowLeft', false, { row: 50, column: 0 }],
    ['ArrowRight', false, { row: 50, column: 2 }],
    ['ArrowUp', true, { row: 0, column: 1 }],
    ['ArrowDown', true, { row: 99, column: 1 }],
    ['PageUp', false, { row: 30, column: 1 }],
    ['PageDown', false, { row: 70, column: 1 }],
    ['Home', false, { row: 50, column: 0 }],
    ['End', false, { row: 50, column: 3 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 99, column: 3 }],
  ])('%s (with Ctrl: %s) leads to %j', (key, far, cell) => expect(moved(press(key, far), { row: 50, column: 1 }, SIZE)).toEqual(cell));

  it('stay inside', () => {
    expect(moved(press('ArrowUp'), { row: 0, column: 0 }, SIZE)).toEqual({ row: 0, column: 0 });
    expect(moved(press('PageDown'), { row: 95, column: 3 }, SIZE)).toEqual({ row: 99, column: 3 });
    expect(moved(press('ArrowRight'), { row: 0, column: 3 }, SIZE)).toEqual({ row: 0, column: 3 });
    expect(moved(press('ArrowDown'), { row: 0, column: 0 }, { ...SIZE, rows: 0 })).toEqual({ row: 0, column: 0 });
  });

  it('move nothing where they mean something else', () => expect(moved(press('x'), { row: 0, column: 0 }, SIZE)).toBeUndefined());
});
