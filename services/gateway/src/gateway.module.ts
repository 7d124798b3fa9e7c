import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { ApiDocument } from './documents/api-document.js';
import { DocsController } from './documents/docs.controller.js';
import { OpenApiController } from './documents/openapi.controller.js';
import { HomeController, WHAT_RUNS } from './home/home.controller.js';
import type { WhatRuns } from './home/what-runs.js';
import { KeysController } from './keys/keys.controller.js';
import { KeysService } from './keys/keys.service.js';
import { SessionController } from './sessions/session.controller.js';
import { Sessions } from './sessions/sessions.js';
import { SignIns } from './sessions/sign-in.js';

export interface GatewayParts {
  readonly keys: KeysService;
  readonly sessions: Sessions;
  readonly signIns: SignIns;
  readonly document: ApiDocument;
  readonly whatRuns: WhatRuns;
}

@Module({})
export class GatewayModule {
  static of(parts: GatewayParts): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [HomeController, KeysController, SessionController, OpenApiController, DocsController],
      providers: [
        { provide: KeysService, useValue: parts.keys },
        { provide: Sessions, useValue: parts.sessions },
        { provide: SignIns, useValue: parts.signIns },
        { provide: WHAT_RUNS, useValue: parts.whatRuns },
        { provide: ApiDocument, useValue: parts.document },
      ],
    };
  }
}
