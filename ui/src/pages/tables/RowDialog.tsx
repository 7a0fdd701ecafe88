// A new row of a table.
import { App, Form, Modal } from "antd";

import { type Cells, type TableHead, usePut } from "../../api/tables";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { filledIn, RowFields } from "./RowFields";

export function RowDialog({ head, onClose }: { head: TableHead; onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const put = usePut(head.sheet);
  const [form] = Form.useForm<Cells>();
  const key = head.book ? head.fields[0]?.name : undefined;
  return (
    <Modal
      open
      title={t("tables.addRow")}
      okText={t("tables.addRow")}
      confirmLoading={put.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={(given) =>
          put.mutate(
            { rows: [filledIn(given)], keys: [] },
            { onSuccess: onClose, onError: (error) => void message.warning(fault(error)) },
          )
        }
      >
        <RowFields fields={head.fields.filter((one) => !one.fixed || one.name === key)} />
      </Form>
    </Modal>
  );
}
