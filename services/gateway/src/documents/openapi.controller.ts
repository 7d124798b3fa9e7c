import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@holdfast/platform';
import { ApiDocument } from './api-document.js';

@ApiExcludeController()
@Controller('openapi.json')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @Public()
  @Header('content-type', 'application/json; charset=utf-8')
  read(): Promise<string> {
    return this.document.read();
  }
}
