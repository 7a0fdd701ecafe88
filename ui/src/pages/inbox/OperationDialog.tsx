// The dialog of an operation: whom or where to, how it goes on, and why.
import { Form, Input, Modal, Radio, Select } from "antd";
import { useMemo, useState } from "react";

import type { Shapes } from "../../api/client";
import { useModel } from "../../api/hooks";
import { type Operation, usePeople, type Wish } from "../../api/operations";
import { namesOf } from "../../diagram/names";
import { useWords } from "../../parts/useWords";

interface Props {
  operation: Operation;
  destinations: readonly Shapes["DestinationShape"][];
  instance: string;
  definition: string;
  busy: boolean;
  onCancel: () => void;
  onGo: (wish: Wish) => void;
}

const ONE: readonly Operation[] = ["transfer", "delegate"];
const MANY: readonly Operation[] = ["add_signers", "remove_signers", "copy"];
const FIRST: Wish = { people: [], to: "previous", mode: "forward", place: "beside", reason: "" };

export default function OperationDialog(props: Props) {
  const { t } = useWords();
  const [wish, setWish] = useState(FIRST);
  const change = (part: Partial<Wish>): void => setWish({ ...wish, ...part });
  const asksPeople = ONE.includes(props.operation) || MANY.includes(props.operation);
  return (
    <Modal
      open
      title={t(`operations.name.${props.operation}`)}
      okText={t("operations.go")}
      cancelText={t("inbox.cancel")}
      confirmLoading={props.busy}
      okButtonProps={{ disabled: asksPeople && wish.people.length === 0 }}
      onCancel={props.onCancel}
      onOk={() => props.onGo(wish)}
    >
      <p className="quiet">{t(`operations.how.${props.operation}`)}</p>
      <Form layout="vertical">
        {asksPeople && <PeopleChoice wish={wish} many={MANY.includes(props.operation)} onChange={change} />}
        {props.operation === "return" && <WhereTo {...props} wish={wish} onChange={change} />}
        {props.operation === "add_signers" && (
          <Form.Item label={t("operations.place")}>
            <Radio.Group
              value={wish.place}
              onChange={(event) => change({ place: event.target.value as Wish["place"] })}
              options={[
                { value: "before", label: t("operations.before") },
                { value: "beside", label: t("operations.beside") },
                { value: "after", label: t("operations.afterMe") },
              ]}
            />
          </Form.Item>
        )}
        <Form.Item label={t("operations.reason")} htmlFor="operation-reason">
          <Input.TextArea
            id="operation-reason"
            rows={3}
            value={wish.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

interface PartProps {
  wish: Wish;
  onChange: (part: Partial<Wish>) => void;
}

function PeopleChoice({ wish, many, onChange }: PartProps & { many: boolean }) {
  const { t, said } = useWords();
  const people = usePeople();
  const options = (people.data?.items ?? []).map((one) => ({ value: one.id, label: said(one.name) }));
  return (
    <Form.Item label={t(many ? "operations.people" : "operations.to")} htmlFor="operation-people">
      <Select
        id="operation-people"
        mode="tags"
        maxCount={many ? undefined : 1}
        value={wish.people}
        options={options}
        onChange={(next: string[]) => onChange({ people: next })}
      />
    </Form.Item>
  );
}

function WhereTo({ wish, onChange, destinations, definition }: PartProps & Props) {
  const { t, said } = useWords();
  const model = useModel(definition);
  const names = useMemo(() => namesOf(model.data ?? ""), [model.data]);
  const steps = destinations.map((one) => ({
    value: one.element,
    disabled: (wish.mode === "forward" ? one.forward : one.back) !== null,
    label: `${said(names.get(one.element) ?? one.element)}${one.person === null ? "" : ` · ${one.person}`}`,
    title: (wish.mode === "forward" ? one.forward : one.back) ?? undefined,
  }));
  return (
    <>
      <Form.Item label={t("operations.where")} htmlFor="operation-where">
        <Select
          id="operation-where"
          value={wish.to}
          options={[
            { value: "previous", label: t("operations.previous") },
            { value: "initiator", label: t("operations.initiator") },
            ...steps,
          ]}
          onChange={(to: string) => onChange({ to })}
        />
      </Form.Item>
      <Form.Item label={t("operations.after")}>
        <Radio.Group
          value={wish.mode}
          onChange={(event) => onChange({ mode: event.target.value as Wish["mode"] })}
          options={[
            { value: "forward", label: t("operations.forward") },
            { value: "back", label: t("operations.back") },
          ]}
        />
      </Form.Item>
    </>
  );
}
