import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Certificates } from './certificates/certificates.js';
import { CommandDoor } from './door/command-door.js';
import { CommandPublisher } from './door/command-publisher.js';
import { CommandsController } from './door/commands.controller.js';
import type { Door } from './door/door.parts.js';
import { ResultReader } from './door/result-reader.js';
import { FairnessLog } from './fairness/fairness-log.js';
import { CertificatesController } from './http/certificates.controller.js';
import { FairnessController } from './http/fairness.controller.js';
import { InboundController } from './http/inbound.controller.js';
import { LimitsController } from './http/limits.controller.js';
import { PublishedCommandsController } from './http/published-commands.controller.js';
import { ReservationsController } from './http/reservations.controller.js';
import { InboundBook } from './reservations/inbound-book.js';
import { SkuLimitsBook } from './reservations/sku-limits.js';
import { Reservations } from './reservations/reservations.js';

@Module({})
export class ReservationModule {
  static of(
    reservations: Reservations,
    certificates: Certificates,
    limits: SkuLimitsBook,
    inbound: InboundBook,
    { door, publisher, results }: Door,
    fairness: FairnessLog,
  ): DynamicModule {
    return {
      module: ReservationModule,
      controllers: [
        ReservationsController,
        CertificatesController,
        LimitsController,
        InboundController,
        CommandsController,
        PublishedCommandsController,
        FairnessController,
      ],
      providers: [
        { provide: Reservations, useValue: reservations },
        { provide: Certificates, useValue: certificates },
        { provide: SkuLimitsBook, useValue: limits },
        { provide: InboundBook, useValue: inbound },
        { provide: CommandDoor, useValue: door },
        { provide: CommandPublisher, useValue: publisher },
        { provide: ResultReader, useValue: results },
        { provide: FairnessLog, useValue: fairness },
      ],
    };
  }
}
