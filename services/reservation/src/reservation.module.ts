import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Certificates } from './certificates/certificates.js';
import { TopicCommands } from './topic-commands/topic-commands.js';
import { CommandPublisher } from './topic-commands/command-publisher.js';
import { CommandsController } from './topic-commands/commands.controller.js';
import type { TopicCommandsParts } from './topic-commands/topic-commands.parts.js';
import { ResultReader } from './topic-commands/result-reader.js';
import { FairnessLog } from './fairness/fairness-log.js';
import { CertificatesController } from './http/certificates.controller.js';
import { FairnessController } from './http/fairness.controller.js';
import { InboundController } from './http/inbound.controller.js';
import { LimitsController } from './http/limits.controller.js';
import { PublishedCommandsController } from './http/published-commands.controller.js';
import { ReservationsController } from './http/reservations.controller.js';
import { InboundSupply } from './reservations/inbound-supply.js';
import { SkuLimitSettings } from './reservations/sku-limit-settings.js';
import { Reservations } from './reservations/reservations.js';

@Module({})
export class ReservationModule {
  static of(
    reservations: Reservations,
    certificates: Certificates,
    limits: SkuLimitSettings,
    inbound: InboundSupply,
    { commands, publisher, results }: TopicCommandsParts,
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
        { provide: SkuLimitSettings, useValue: limits },
        { provide: InboundSupply, useValue: inbound },
        { provide: TopicCommands, useValue: commands },
        { provide: CommandPublisher, useValue: publisher },
        { provide: ResultReader, useValue: results },
        { provide: FairnessLog, useValue: fairness },
      ],
    };
  }
}
