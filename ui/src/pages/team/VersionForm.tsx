// A new version: changed in its fields or as text, compared on judged cases, then released in shadow.
import { Alert, App, Button, Drawer, Form, Input, Segmented } from "antd";
import { useState } from "react";

import {
  type Definition,
  type Employee,
  useConvert,
  useEvaluate,
  useNextVersion,
  useRelease,
  useWritten,
  type Written,
} from "../../api/employees";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { Comparison } from "./Comparison";
import { DefinitionText } from "./DefinitionText";
import { changed, type Given, given } from "./version";
import { VersionFields } from "./VersionFields";

export function VersionForm({ employee, onClose }: { employee: Employee; onClose: () => void }) {
  const { t, said } = useWords();
  const next = useNextVersion(employee.id);
  return (
    <Drawer open size={720} title={`${said(employee.title)}: ${t("team.release.edit")}`} onClose={onClose}>
      <Loaded query={next}>
        {(written) => <Editing employee={employee} written={written} onClose={onClose} />}
      </Loaded>
    </Drawer>
  );
}

interface Props {
  employee: Employee;
  written: Written;
  onClose: () => void;
}

type Way = "fields" | "text";

function Editing({ employee, written, onClose }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const [form] = Form.useForm<Given>();
  const [way, setWay] = useState<Way>("fields");
  const [definition, setDefinition] = useState(written.definition as Definition);
  const [text, setText] = useState(written.text);
  const [reason, setReason] = useState("");
  const convert = useConvert(employee.id);
  const checked = useWritten(employee.id, text, way === "text");
  const evaluate = useEvaluate(employee.id);
  const release = useRelease(employee.id);
  const sound = checked.data?.findings.length === 0;
  const made = (): Definition =>
    way === "text"
      ? (checked.data?.definition as Definition)
      : changed(definition, form.getFieldsValue(true) as Given);
  const turn = (to: Way): void => {
    if (to === "text") {
      convert.mutate(made(), {
        onSuccess: (found) => {
          setText(found.text);
          setWay("text");
        },
      });
    } else if (checked.data?.definition != null) {
      const read = checked.data.definition as Definition;
      setDefinition(read);
      form.setFieldsValue(given(read));
      setWay("fields");
    }
  };
  const toShadow = (): void =>
    release.mutate(
      { definition: made(), stage: "shadow", share: 1, reason },
      {
        onSuccess: () => {
          void message.success(t("team.release.released", { stage: t("team.release.stage.shadow") }));
          onClose();
        },
      },
    );
  const error = release.error ?? evaluate.error ?? convert.error;
  const ready = way === "fields" || sound;
  return (
    <div className="version">
      <div className="row">
        <Segmented<Way>
          value={way}
          disabled={convert.isPending || (way === "text" && checked.data?.definition == null)}
          options={(["fields", "text"] as const).map((value) => ({
            value,
            label: t(`team.release.way.${value}`),
          }))}
          onChange={turn}
        />
        <span className="quiet">{t("team.release.form.title", { version: definition.version })}</span>
      </div>
      {way === "fields" ? (
        <VersionFields form={form} employee={employee} definition={definition} />
      ) : (
        <DefinitionText text={text} findings={checked.data?.findings} onChange={setText} />
      )}
      <label>
        {t("team.release.reason")}
        <Input value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
      </label>
      {evaluate.data !== undefined && <Comparison compared={evaluate.data} />}
      {error !== null && <Alert type="warning" showIcon title={fault(error)} />}
      <div className="row decide">
        <Button disabled={!ready} loading={evaluate.isPending} onClick={() => evaluate.mutate(made())}>
          {t("team.release.compare")}
        </Button>
        <Button
          type="primary"
          disabled={!ready}
          loading={release.isPending}
          onClick={() => {
            if (way === "text") toShadow();
            else void form.validateFields().then(toShadow, () => undefined);
          }}
        >
          {t("team.release.toShadow")}
        </Button>
      </div>
    </div>
  );
}
