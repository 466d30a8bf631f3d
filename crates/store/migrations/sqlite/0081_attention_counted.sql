-- All that is counted of a reason, in the order in which it is counted: one look along here gives every count.
CREATE INDEX attention_counted ON attention (organization_id, code, turn, remedy, place, enrolled_at, muted_until);
