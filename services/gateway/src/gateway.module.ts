import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { ApiDocument } from './documents/api-document.js';
import { DocsController } from './documents/docs.controller.js';
import { OpenApiController } from './documents/openapi.controller.js';
import { KeysController } from './keys/keys.controller.js';
import { KeysService } from './keys/keys.service.js';

@Module({})
export class GatewayModule {
  static of(parts: { readonly keys: KeysService; readonly document: ApiDocument }): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [KeysController, OpenApiController, DocsController],
      providers: [
        { provide: KeysService, useValue: parts.keys },
        { provide: ApiDocument, useValue: parts.document },
      ],
    };
  }
}
