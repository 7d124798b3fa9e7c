import type { operations } from './generated/openapi.js';

/** An operation of the API, such as `reservations.reserve`. */
export type OperationId = keyof operations;

type Member<Value, Key extends PropertyKey> = Value extends { readonly [K in Key]?: infer Found } ? Found : never;
type Succeeded<Responses> = {
  [Status in keyof Responses]: Status extends 200 | 201 | 202 | 204 ? Responses[Status] : never;
}[keyof Responses];
type ContentOf<Response> = Response extends { readonly content: infer Content } ? Content : { readonly none: undefined };
type Read<Content> = Content extends { readonly 'application/json': infer Value } ? Value : Content[keyof Content];

/** What an operation answers. */
export type ValueOf<Id extends OperationId> = Read<ContentOf<Succeeded<operations[Id]['responses']>>>;

/** A row of the list that a paged operation answers. */
export type ItemOf<Id extends OperationId, List extends string> = Member<ValueOf<Id>, List> extends readonly (infer Item)[] ? Item : never;

/** What an operation is asked in the query of its address. */
export type QueryOf<Id extends OperationId> = NonNullable<Member<operations[Id]['parameters'], 'query'>>;

/** A file as it is sent: lines of CSV, a form with the file in it, or a function that begins to read it, once for each attempt. */
export type FileBody = string | Uint8Array<ArrayBuffer> | Blob | FormData | (() => ReadableStream<Uint8Array>);

type Sent<Content> = Content extends { readonly 'application/json': infer Body } ? Body : FileBody;

/** What is sent to an operation. */
export type BodyOf<Id extends OperationId> = Sent<Member<NonNullable<Member<operations[Id], 'requestBody'>>, 'content'>>;
