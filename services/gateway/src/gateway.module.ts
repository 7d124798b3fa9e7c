import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { ApiDocument } from './documents/api-document.js';
import { DocsController } from './documents/docs.controller.js';
import { OpenApiController } from './documents/openapi.controller.js';
import { HomeController, WHAT_RUNS } from './home/home.controller.js';
import type { WhatRuns } from './home/what-runs.js';
import { KeysController } from './keys/keys.controller.js';
import { KeysService } from './keys/keys.service.js';

@Module({})
export class GatewayModule {
  static of(parts: { readonly keys: KeysService; readonly document: ApiDocument; readonly whatRuns: WhatRuns }): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [HomeController, KeysController, OpenApiController, DocsController],
      providers: [
        { provide: KeysService, useValue: parts.keys },
        { provide: WHAT_RUNS, useValue: parts.whatRuns },
        { provide: ApiDocument, useValue: parts.document },
      ],
    };
  }
}
