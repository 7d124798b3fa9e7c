import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Described here, checked by `operationOf`: unknown parameters are ignored, as GraphQL over HTTP asks for. */
export class GraphqlRequest {
  @ApiProperty({ description: 'The document', example: '{ inventoryItem(sku: "TEE-BLACK-M") { totalAvailableQuantity } }' })
  readonly query!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true })
  readonly variables?: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ type: String, required: false, nullable: true, description: 'Which operation of the document is meant' })
  readonly operationName?: string | null;
}

export class GraphqlAnswer {
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true })
  readonly data?: Readonly<Record<string, unknown>> | null;

  @ApiProperty({
    type: 'array',
    required: false,
    items: { type: 'object', additionalProperties: true },
    description: 'Each with `message`, `path` and `extensions.code`',
  })
  readonly errors?: readonly Readonly<Record<string, unknown>>[];
}
