import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/needs.js';
import { OpenApiDocument } from './openapi.js';

/** The OpenAPI document of one service; the gateway makes one of all. */
@ApiExcludeController()
@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @Get()
  @Public()
  read(): object {
    return this.document.read();
  }
}
