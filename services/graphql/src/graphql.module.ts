import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceCalls } from '@holdfast/forwarding';
import { GraphqlAnswers } from './http/answers.js';
import { GraphqlController } from './http/graphql.controller.js';
import { SubscriptionAnswers } from './subscriptions/subscription-answers.js';

export interface GraphqlParts {
  readonly calls: ServiceCalls;
  readonly answers: GraphqlAnswers;
  readonly subscriptions: SubscriptionAnswers;
}

@Module({})
export class GraphqlModule {
  static of(parts: GraphqlParts): DynamicModule {
    return {
      module: GraphqlModule,
      controllers: [GraphqlController],
      providers: [
        { provide: ServiceCalls, useValue: parts.calls },
        { provide: GraphqlAnswers, useValue: parts.answers },
        { provide: SubscriptionAnswers, useValue: parts.subscriptions },
      ],
    };
  }
}
