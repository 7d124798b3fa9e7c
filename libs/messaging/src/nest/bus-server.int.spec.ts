import 'reflect-metadata';
import { Controller, Module, type INestApplication, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { eventually, numbered, numberOf, numbersOf, sleep } from '../contract/suite.js';
import type { Bus, IncomingMessage, MessageBatch } from '../port.js';
import { PostgresBus } from '../postgres/postgres-bus.js';
import { BusContext } from './bus-context.js';
import { BusServer } from './bus-server.js';
import { connectBus } from './connect-bus.js';
import { OnTopic } from './on-topic.js';

class Notes implements OnModuleInit {
  started = 0;
  readonly orders: number[] = [];
  readonly mails: number[] = [];
  readonly contexts: string[] = [];
  faults = 0;
  running = 0;

  onModuleInit(): void {
    this.started += 1;
  }
}

@Controller()
class OrdersController {
  constructor(private readonly notes: Notes) {}

  @EventPattern<string>('orders')
  async onOrders(@Payload() batch: MessageBatch, @Ctx() context: BusContext): Promise<void> {
    this.notes.contexts.push(`${context.topic} ${context.group} ${context.partition === batch.partition}`);
    for (const message of batch.messages) {
      if (numberOf(message) === 13) batch.reject(message, { code: 'unlucky', message: 'not this one' });
      if (numberOf(message) === 17) throw new RangeError('seventeen');
      if (numberOf(message) === 19 && this.notes.faults < 3) {
        this.notes.faults += 1;
        throw Object.assign(new Error('away'), { code: 'database_unavailable' });
      }
    }
    this.notes.orders.push(...numbersOf(batch.messages));
  }

  @OnTopic('mails')
  async onMails(@Payload() batch: MessageBatch): Promise<void> {
    this.notes.running += 1;
    await sleep(400);
    this.notes.running -= 1;
    this.notes.mails.push(...numbersOf(batch.messages));
  }
}

@Controller()
class SecondReader {
  constructor(private readonly notes: Notes) {}

  @OnTopic('mails')
  onMails(@Payload() batch: MessageBatch): void {
    this.notes.contexts.push(`second ${batch.topic}`);
  }
}

@Controller()
class Asker {
  @MessagePattern('question')
  onQuestion(): string {
    return 'answer';
  }
}

@Module({ controllers: [OrdersController, SecondReader], providers: [Notes] })
class ShopModule {}

@Controller()
class Poisoned {
  @OnTopic('mails')
  onMails(): void {
    throw new TypeError('poison');
  }
}

@Module({ controllers: [Poisoned] })
class PoisonedModule {}

@Module({ controllers: [Asker] })
class AskingModule {}

describe('the Nest transport', () => {
  let postgres: TestPostgres;
  let bus: Bus;
  let app: INestApplication | undefined;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  beforeEach(async () => {
    bus = new PostgresBus({ connectionString: postgres.connectionString });
    await bus.ensureTopics(['orders', 'mails', 'orders.dlq', 'mails.dlq'].map((name) => ({ name, partitions: 1, cleanup: 'delete' })));
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await bus.close();
    await postgres.pool().query('drop schema bus cascade');
  });
  afterAll(() => postgres.stop());

  const start = async (module: new () => object): Promise<INestApplication> => {
    app = await NestFactory.create(module, new FastifyAdapter(), { logger: false });
    return app;
  };

  const deadLetters = async (topic: string, count: number): Promise<{ value: string; reason: { code: string; message: string } }[]> => {
    const seen: IncomingMessage[] = [];
    await bus.tail({ topics: [topic], from: 'earliest', onMessages: async (messages) => void seen.push(...messages) });
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(count));
    return seen.map((message) => JSON.parse(message.value ?? '') as { value: string; reason: { code: string; message: string } });
  };

  it('brings batches with their context, dead letters with the handler’s own reason, and waits out what passes', async () => {
    const shop = await start(ShopModule);
    connectBus(shop, {
      bus,
      group: 'shop',
      batchSize: 5,
      retry: { attempts: 2, firstPauseMs: 10 },
      deadLetterTopics: { orders: 'orders.dlq' },
    });
    await shop.init();
    await shop.startAllMicroservices();
    const notes = shop.get(Notes);
    expect(notes.started).toBe(1);
    await bus.publish('orders', numbered(25));
    await eventually(() => expect(notes.orders).toEqual(numbersOf(numbered(25)).filter((n) => n !== 17)));
    expect((await deadLetters('orders.dlq', 2)).map(({ value, reason }) => [numberOf({ value }), reason.code, reason.message])).toEqual([
      [13, 'unlucky', 'not this one'],
      [17, 'handler_failed', 'RangeError: seventeen'],
    ]);
    expect(notes.faults).toBe(3);
    expect(new Set(notes.contexts)).toEqual(new Set(['orders shop true']));
  });

  it('gives a topic to all its handlers, and waits for the running one when it closes', async () => {
    const shop = await start(ShopModule);
    connectBus(shop, { bus, group: 'shop' });
    await shop.startAllMicroservices();
    const notes = shop.get(Notes);
    await bus.publish('mails', numbered(2));
    await eventually(() => expect(notes.running).toBe(1));
    await shop.close();
    expect({ running: notes.running, mails: notes.mails, contexts: notes.contexts }).toEqual({
      running: 0,
      mails: [0, 1],
      contexts: ['second mails'],
    });
    await bus.publish('mails', numbered(1, 1, 2));
    await sleep(200);
    expect(notes.mails).toEqual([0, 1]);
  });

  it('connected by hand keeps a message whose error Nest hid, and says why', async () => {
    const shop = await start(ShopModule);
    const faults: unknown[] = [];
    const options = { bus, group: 'shop', retry: { attempts: 1, firstPauseMs: 10 }, deadLetterTopics: { orders: 'orders.dlq' } };
    shop.connectMicroservice({ strategy: new BusServer({ ...options, onFault: (error: unknown) => faults.push(error) }) });
    await shop.startAllMicroservices();
    await bus.publish('orders', numbered(1, 1, 17));
    await eventually(() => expect(faults.map(String).join()).toContain('connectBus'));
    expect(await deadLetters('orders.dlq', 0)).toEqual([]);
  });

  it('connected by hand still passes on the errors of @OnTopic handlers', async () => {
    const poisoned = await start(PoisonedModule);
    const options = { bus, group: 'poisoned', retry: { attempts: 1 }, deadLetterTopics: { mails: 'mails.dlq' } };
    poisoned.connectMicroservice({ strategy: new BusServer(options) });
    await poisoned.startAllMicroservices();
    await bus.publish('mails', numbered(1));
    await eventually(async () =>
      expect((await deadLetters('mails.dlq', 1)).map(({ reason }) => reason.message)).toEqual(['TypeError: poison']),
    );
  });

  it('refuses handlers that expect to answer', async () => {
    const asking = await start(AskingModule);
    connectBus(asking, { bus, group: 'asking' });
    await expect(asking.startAllMicroservices()).rejects.toThrow('use @EventPattern instead of @MessagePattern for question');
  });
});
