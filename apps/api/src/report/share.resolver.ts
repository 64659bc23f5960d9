import { randomBytes } from 'node:crypto';
import type { ReportRow } from '@thaw/db';
import { findSharedReport } from '@thaw/db/queries/report/find-reports';
import { setShareToken } from '@thaw/db/queries/report/mark-report';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context';
import { ReportPayload } from './report.input';
import { asPayload } from './refusals';
import { Report } from './report.type';

/** 144 bits, 24 characters: nobody finds a link by trying. */
const newToken = () => randomBytes(18).toString('base64url');

@Resolver(() => Report)
class ShareResolver {
  @Query(() => Report, { nullable: true, description: 'By the token of its link. null when there is no such link, when it was revoked, or when the report is deleted.' })
  sharedReport(@Ctx() { db }: Context, @Arg('token', () => String, { description: 'The last part of /r/TOKEN.' }) token: string): Promise<ReportRow | null> {
    return findSharedReport(db, token.replaceAll('\0', ''));
  }

  @Mutation(() => ReportPayload, { description: 'Gives a report a link, /r/TOKEN, under which it is read without the rest of the project. One that has a link keeps it.' })
  async shareReport(
    @Ctx() { db }: Context,
    @Arg('id', () => ID, { description: 'Of the report.' }) id: string,
    @Arg('renew', () => Boolean, { defaultValue: false, description: 'A new link; the one it has leads nowhere any more.' }) renew: boolean,
  ): Promise<ReportPayload> {
    return asPayload(await setShareToken(db, id, newToken(), renew), id);
  }

  @Mutation(() => ReportPayload, { description: 'Revokes the link; sharing anew makes another one.' })
  async unshareReport(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the report.' }) id: string): Promise<ReportPayload> {
    return asPayload(await setShareToken(db, id, null, false), id);
  }

  @FieldResolver(() => String, { nullable: true, description: '"/r/TOKEN" below the address of this server; null while it is not shared.' })
  sharePath(@Root() { shareToken }: ReportRow): string | null {
    return shareToken && `/r/${shareToken}`;
  }
}

export const shareResolvers = [ShareResolver] as const;
