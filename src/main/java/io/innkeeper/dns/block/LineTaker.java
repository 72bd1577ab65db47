package io.innkeeper.dns.block;

/** Where the forms hand what they read: to the sink, and to be counted. */
interface LineTaker {
    void policyZone();

    void name(long hash, Scope scope, Effect effect);

    void special(long hash, SpecialRule rule);

    void pattern(SpecialRule rule);

    void reject(RejectReason reason);
}
