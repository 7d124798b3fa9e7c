import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { ReservationsController } from './http/reservations.controller.js';
import { Reservations } from './reservations/reservations.js';

@Module({})
export class ReservationModule {
  static of(reservations: Reservations): DynamicModule {
    return {
      module: ReservationModule,
      controllers: [ReservationsController],
      providers: [{ provide: Reservations, useValue: reservations }],
    };
  }
}
