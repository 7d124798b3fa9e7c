import { tester } from '../test/rule-tester.js';
import { rules } from './index.js';

tester.run('guarded-routes', rules['guarded-routes'], {
  valid: [
    `class A { @Get() @Needs('inventory.read') list() {} }`,
    `class A { @Public() @Post('x') open() {} }`,
    `class A { @Post('x') @NeedsCaller() run() {} }`,
    `class A { @Sse('stream') @Needs('inventory.read') stream() {} }`,
    `class A { helper() {} @Inject() field; @HttpCode(204) notARoute() {} }`,
  ],
  invalid: [
    { code: `class A { @Get() list() {} }`, errors: [{ messageId: 'unguarded', data: { name: 'list' } }] },
    { code: `class A { @Post('x') @Idempotent() @HttpCode(201) place() {} }`, errors: [{ messageId: 'unguarded' }] },
    { code: `class A { @Sse('stream') stream() {} }`, errors: [{ messageId: 'unguarded' }] },
    { code: `@Needs('inventory.read') class A { @Delete() drop() {} }`, errors: [{ messageId: 'unguarded' }] },
    { code: `class A { @Put() @Public() @Needs('a.b') both() {} }`, errors: [{ messageId: 'both' }] },
    { code: `class A { @Get() one() {} @Post() two() {} }`, errors: [{ messageId: 'unguarded' }, { messageId: 'unguarded' }] },
  ],
});
