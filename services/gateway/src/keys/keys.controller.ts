import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, IdentifierPipe, Needs, pageOf, PageQuery, Repeats } from '@holdfast/platform';
import { CreatedKey, CreateKey, KeyList, KeyView } from './keys.dto.js';
import { KeysService } from './keys.service.js';

/** Making a key takes no Idempotency-Key: the answer would have to be stored, and with it the key. */
@ApiTags('Keys')
@Controller('v1/keys')
export class KeysController {
  constructor(@Inject(KeysService) private readonly keys: KeysService) {}

  @Post()
  @Needs('keys.write')
  @Repeats('none')
  @ApiOperation({ operationId: 'keys.create', summary: 'Make an API key; it is shown this once' })
  @ApiCreatedResponse({ type: CreatedKey })
  create(@Body() body: CreateKey, @CurrentCaller() caller: Caller): Promise<CreatedKey> {
    return this.keys.create(caller, body);
  }

  @Get()
  @Needs('keys.read')
  @ApiOperation({ operationId: 'keys.list', summary: 'Keys of the tenant, oldest first' })
  @ApiOkResponse({ type: KeyList })
  list(@Query() query: PageQuery, @CurrentCaller() caller: Caller): Promise<KeyList> {
    return this.keys.list(caller.tenant, pageOf(query));
  }

  @Get(':id')
  @Needs('keys.read')
  @ApiOperation({ operationId: 'keys.get', summary: 'One key, without the key itself' })
  @ApiOkResponse({ type: KeyView })
  find(@Param('id', IdentifierPipe) id: string, @CurrentCaller() caller: Caller): Promise<KeyView> {
    return this.keys.find(caller.tenant, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('keys.write')
  @ApiOperation({ operationId: 'keys.revoke', summary: 'Revoke a key; 409 for the last that can make keys' })
  @ApiNoContentResponse()
  async revoke(@Param('id', IdentifierPipe) id: string, @CurrentCaller() caller: Caller): Promise<void> {
    await this.keys.revoke(caller, id);
  }
}
