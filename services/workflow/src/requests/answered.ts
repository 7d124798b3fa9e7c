import { answerPosition } from '@holdfast/platform';
import type { FastifyReply } from 'fastify';
import type { StockRequestView } from './request-view.dto.js';
import type { Answer } from './requests.service.js';

/** The body of an answer; its position in the log goes into the header. */
export function answered(reply: FastifyReply, { view, position }: Answer): StockRequestView {
  answerPosition(reply, position);
  return view;
}
