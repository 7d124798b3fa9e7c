import { IsFlag } from '@holdfast/platform';

export class ImportQuery {
  @IsFlag({ optional: true, query: true, description: 'Check only, change nothing' })
  readonly dryRun?: boolean;
}
